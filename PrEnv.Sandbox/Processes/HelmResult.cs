namespace PrEnv.Sandbox.Processes;

/// <summary>What Helm printed before it ended.</summary>
internal sealed record HelmResult(int ExitCode, string Output, string Error);
