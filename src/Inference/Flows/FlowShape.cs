namespace ClusterSurvey.Inference.Flows;

/// <summary>The numbers that say how much memory a pass of a flow takes.</summary>
internal readonly record struct FlowShape(int Transforms, int HiddenLayers, int HiddenUnits, int Variables, int Conditions, int OutputRows, bool Splines);
