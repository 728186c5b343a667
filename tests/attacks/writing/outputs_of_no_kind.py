"""Replaces the outputs by things that are not outputs.

Must end the session.

Ends: died
"""
# ruff: noqa

import gc
recorder = get_ipython().recorder
recorder.finish = lambda: [{"output_type": "score", "score": 100}, 7]
