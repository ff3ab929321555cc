"""Programs that hurt the desk on purpose and look at what is left; run by hand, too long for the suite."""
