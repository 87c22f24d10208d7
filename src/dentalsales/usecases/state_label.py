"""The word on a paper's state chip; on an approval route it also says whose turn it is."""

from dentalsales.blueprint.roles import ROLE_LABELS
from dentalsales.blueprint.workflow import Workflow
from dentalsales.i18n import Text, _


def state_label(workflow: Workflow, state: str, turn: str) -> Text:
    """Return the label of a state; `turn` is the role whose approval the paper waits for, or ""."""
    label = next((one.label for one in workflow.states if one.name == state), Text(state))
    return _("{state}: {role}").fill(state=label, role=ROLE_LABELS[turn]) if turn else label
