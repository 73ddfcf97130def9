"""Sentences for people in their own language: which one, the catalogues, numbers and dates. Knows nothing else"""
