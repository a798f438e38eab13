namespace PrEnv.Controller.Hosting.Endpoints;

/// <summary>Something without which the process is of no use and has to be started anew. Asked on every <c>/healthz</c>; must answer at once and not throw.</summary>
internal interface ILivenessCheck
{
    /// <summary>Short, for people: <c>leader-election</c>.</summary>
    string Name { get; }

    /// <summary>What is wrong, in a sentence; null when all is well.</summary>
    string? Problem { get; }
}
