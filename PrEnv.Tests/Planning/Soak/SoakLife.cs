using System.Collections.Immutable;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Soak;

/// <summary>A life: how the resource is configured, as bits, and what happens.</summary>
internal sealed record SoakLife(int Setup, ImmutableArray<SoakStep> Steps)
{
    /// <summary>Of how many steps each is.</summary>
    public const int Length = 40;

    public const int Limit = 2;

    public static SoakLife Of(int seed)
    {
        var random = new Random(seed);
        // Each switch is on in a third of the lives: with all of them on, nothing would ever be installed.
        var setup = random.Next(3);
        for (var bit = 2; bit < 14; bit++)
            setup |= random.Next(3) == 0 ? 1 << bit : 0;
        return new SoakLife(setup, [.. Enumerable.Range(0, Length).Select(_ => SoakStep.Of(random))]);
    }

    public bool IsProbed => (Setup & 3) == 2;

    public bool IsFluxed => (Setup & 3) == 1;

    public bool IsLimited => Has(2);

    public bool Expires => Has(3);

    public bool Sleeps => Has(4);

    public bool Checks => Has(5);

    public bool HasNamespaces => Has(7);

    public bool Selects => Has(9);

    public bool HasHours => Has(13);

    public bool SleepsWhenIdle => Sleeps && !HasHours;

    public bool IsDeletedAtLast => Has(11);

    public World World()
    {
        var world = IsProbed
            ? Planning.World.Probing.Spec(s => s with { EnvHealthCheckUrlTemplate = "https://pr-<<PR_NUMBER>>.test/" })
            : IsFluxed ? Planning.World.Fluxed : Planning.World.Plain;
        if (IsLimited)
            world = world.Limited(Limit);
        if (Expires)
            world = world.Expiring("50m", "keep");
        if (Sleeps)
            world = world.Sleeping(s => s with { IdleTimeout = HasHours ? null : "30m", KeepLabels = ["keep"], Awake = Hours });
        if (Checks)
            world = world.Waiting("build");
        if (Has(6))
            world = world.Commandable();
        if (HasNamespaces)
            world = world.Namespaced();
        if (Has(8))
            world = world.Deploying().Commenting();
        if (Selects)
            world = world.Selecting(s => s with { ExcludeLabels = ["wip"], Drafts = "Skip" });
        if (Has(12))
            world = world.Selecting(s => s with { Paths = ["src/**"] });
        return world.Forks(Has(10) ? "RequireApproval" : "Allow");
    }

    /// <summary>From when to when its environments are awake, whatever happens.</summary>
    public AwakeHours? Hours => HasHours ? new AwakeHours { From = "06:00", To = "22:00" } : null;

    public bool IsWanted(Core.Model.PullRequest pullRequest) =>
        !Selects || (pullRequest.IsDraft == false && pullRequest.Labels!.Contains("wip") == false);

    private bool Has(int bit) => (Setup & (1 << bit)) != 0;
}
