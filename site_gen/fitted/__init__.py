"""Fitted models: records of named features and integer weights, made by ``python -m benchmarks
fit`` and shipped as JSON."""
