"""Follow-up: what was done and what the skin answered, and what that changes. Start reading in ``update``."""

from puncta.followup.advice import Advice, Option
from puncta.followup.delivered import DeliveredAgainstPlanned, DeliveredRow, delivered_against_planned
from puncta.followup.learned import Learned, Moved, OutcomeForecast
from puncta.followup.read import read_visits, visits_from
from puncta.followup.readings import Reading
from puncta.followup.record import as_record
from puncta.followup.reliability import ReliabilityPoint, reliability
from puncta.followup.replan import SEARCHED, replan
from puncta.followup.strange import ReadAgain, Unlike
from puncta.followup.update import Update, next_course, update
from puncta.followup.visits import DeliveredSession, DeliveredZone, Grade, Look, PhotographReading, Reaction, Visits

__all__ = [
    "SEARCHED",
    "Advice",
    "DeliveredAgainstPlanned",
    "DeliveredRow",
    "DeliveredSession",
    "DeliveredZone",
    "Grade",
    "Learned",
    "Look",
    "Moved",
    "Option",
    "OutcomeForecast",
    "PhotographReading",
    "Reaction",
    "ReadAgain",
    "Reading",
    "ReliabilityPoint",
    "Unlike",
    "Update",
    "Visits",
    "as_record",
    "delivered_against_planned",
    "next_course",
    "read_visits",
    "reliability",
    "replan",
    "update",
    "visits_from",
]
