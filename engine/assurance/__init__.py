"""Are the rules right? Cases that say what a rule must answer about a patient, and why.

A case is data: a patient told as what differs from the typical one, a rule, and
the answer the protocol asks for. It is read as strictly as the study, its
patient through the very readers that patient files go through, and it is run by
the reference reading.
"""
