"""Virtual follow-ups: is what is learned of a person as sure as it says?"""
