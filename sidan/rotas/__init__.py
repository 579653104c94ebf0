"""Rotas: who stands at a desk, a booth, on patrol or on a reception day, and when."""
