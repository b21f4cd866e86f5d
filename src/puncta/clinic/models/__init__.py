"""What the clinic keeps."""

from puncta.clinic.models.after import AdverseEvent, FollowUp, LookedFor, Reported
from puncta.clinic.models.audit import AuditEntry
from puncta.clinic.models.case import CaseRecord, PlanRecord
from puncta.clinic.models.consent import Consent, ConsentText
from puncta.clinic.models.diary import DiaryRecord
from puncta.clinic.models.learnt import UpdateRecord
from puncta.clinic.models.person import Person
from puncta.clinic.models.photograph import Photograph
from puncta.clinic.models.reading import Grading, PairReading, Reading
from puncta.clinic.models.record import ConflictError, Record
from puncta.clinic.models.session import Amendment, NeedlingSession, SessionZone
from puncta.clinic.models.staff import Clinic, Membership, Role, User
from puncta.clinic.models.stock import Lot, LotUse
from puncta.clinic.models.visit import Visit

__all__ = [
    "AdverseEvent",
    "Amendment",
    "AuditEntry",
    "CaseRecord",
    "Clinic",
    "ConflictError",
    "Consent",
    "ConsentText",
    "DiaryRecord",
    "FollowUp",
    "Grading",
    "LookedFor",
    "Lot",
    "LotUse",
    "Membership",
    "NeedlingSession",
    "PairReading",
    "Person",
    "Photograph",
    "PlanRecord",
    "Reading",
    "Record",
    "Reported",
    "Role",
    "SessionZone",
    "UpdateRecord",
    "User",
    "Visit",
]
