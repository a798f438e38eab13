namespace PrEnv.Controller.Hosting.Endpoints;

/// <summary>Something that <c>/readyz</c> waits for. Register any number; each is asked on every request, so it must answer at once and not throw.</summary>
internal interface IReadinessCheck
{
    /// <summary>Short, for people: <c>caches</c>.</summary>
    string Name { get; }

    /// <summary>Is it ready now?</summary>
    bool Ready { get; }
}
