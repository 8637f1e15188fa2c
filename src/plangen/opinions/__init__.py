"""Opinions on a plan: what departments changed and said in the documents sent to them (征求意见)."""
