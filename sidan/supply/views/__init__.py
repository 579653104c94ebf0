"""The pages of supply and demand, and of fairness."""
