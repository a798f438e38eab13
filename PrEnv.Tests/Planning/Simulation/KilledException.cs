namespace PrEnv.Tests.Planning.Simulation;

/// <summary>The process is gone, or no leader any more, in the middle of what it does.</summary>
internal sealed class KilledException() : Exception("killed");
