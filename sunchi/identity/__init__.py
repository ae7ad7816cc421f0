"""Who and what is meant, in any language and spelling.

In: names, offices and signals as texts have them. Out: the same person, party, event or message under one key. Pure.
"""
