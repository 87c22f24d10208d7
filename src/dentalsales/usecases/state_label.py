"""The word on a paper's state chip; on an approval route it also says whose turn it is."""

from dentalsales.blueprint.roles import ROLE_LABELS
from dentalsales.blueprint.workflow import Workflow
from dentalsales.i18n import Text, _


def state_label(workflow: Workflow, state: str, position: int) -> Text:
    """Return the label of a state; `position` counts how many roles of the route have approved."""
    label = next((one.label for one in workflow.states if one.name == state), Text(state))
    if workflow.route and any(step.roles == frozenset(workflow.route) for step in workflow.steps_from(state)):
        role = workflow.route[min(position, len(workflow.route) - 1)]
        return _("{state}: {role}").fill(state=label, role=ROLE_LABELS[role])
    return label
