"""Libraries that the search tests share, and ways of filling and asking them."""

from __future__ import annotations

from readinglist.library import Library, Results
from readinglist.records import Reading, Record

TITLES = (
    "MindBridge: A Cross-Subject Brain Decoding Framework",
    "Diffusion Models for Multi-Task Generative Modeling",
    "A Reparameterized Discrete Diffusion Model for Text Generation",
    "EIT: Enhanced Interactive Transformer",
    "Vision Transformers Need Registers",
    "Predicting Emergent Capabilities by Finetuning",
    "Generalizable Fine-tuning via Layer-wise Ensemble",
    "Sparks of Artificial General Intelligence: Early experiments with GPT-4",
    "Über die Größe von Naïve Bayes",
    "扩散模型 in one 中文 sentence",
    "Capturing 360{\\deg} Video With {\\'E}mile",
    "Deep Reinforcement Learning That Matters",
    "Learning to Rank",
)


def put(library: Library, *records: Record, name: str = "made.txt") -> list[int]:
    """Import records as one document; ids in their order."""
    library.ingest(
        Reading("capture", list(records)), name=name, path=f"/{name}", digest=f"{name}{records}"
    )
    ids = {library.entry(number).title: number for number in library.search().ids}
    return [ids[record.title] for record in records]


def titles(results: Results) -> list[str]:
    return [row.title for row in results.rows(0, len(results))]


def found(library: Library, query: str) -> set[str]:
    return set(titles(library.search(query)))
