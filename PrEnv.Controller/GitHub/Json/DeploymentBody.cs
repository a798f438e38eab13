namespace PrEnv.Controller.GitHub.Json;

/// <summary>A deployment as it is created. See https://docs.github.com/en/rest/deployments/deployments#create-a-deployment.</summary>
internal sealed record DeploymentBody
{
    public required string Ref { get; init; }

    public required string Environment { get; init; }

    public required PayloadBody Payload { get; init; }

    public string Description { get; init; } = "Ephemeral environment of a pull request";

    /// <summary>The branch is never touched.</summary>
    public bool AutoMerge { get; init; }

    /// <summary>None: checks may need the environment.</summary>
    public string[] RequiredContexts { get; init; } = [];

    public bool TransientEnvironment { get; init; } = true;

    public bool ProductionEnvironment { get; init; }
}
