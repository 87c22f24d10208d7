"""The believable company that `demo` makes: a dental distributor its customers, goods and 14 months of business."""

from dentalsales.sample_company.make import SampleSummary, make_sample

__all__ = ["SampleSummary", "make_sample"]
