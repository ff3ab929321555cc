"""答复审核, check by check: each module returns findings with the places of the words in the reply."""
