"""Would the cases notice? Small wrong rules, each of which some case should answer differently.

`kinds.py` lists the ways in which a rule goes wrong by one small step, `mutants`
makes every such rule of a study once, and `run` asks the cases of each until
one notices.
"""
