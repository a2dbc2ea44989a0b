namespace ClusterSurvey.Workflows.Engine;

internal sealed class FlowchartBehaviour : Behaviour
{
    public override bool MayChangeOutside => true;

    public override IReadOnlyList<string> Execute(ActivityFrame frame)
    {
        new FlowchartWalk(frame).Walk();
        return Done;
    }
}
