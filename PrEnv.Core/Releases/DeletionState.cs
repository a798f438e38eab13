namespace PrEnv.Core.Releases;

/// <summary>What keeps a release that is being deleted.</summary>
internal enum DeletionState
{
    /// <summary>Flux uninstalls it, or is about to.</summary>
    Uninstalling,

    /// <summary>Flux finishes an action that it had begun before.</summary>
    Finishing,

    /// <summary>Flux could not uninstall it, and tries again.</summary>
    Failing,

    /// <summary>Flux may not see or delete what it has installed.</summary>
    Denied,

    /// <summary>It is suspended: Flux lets it go without uninstalling anything.</summary>
    Abandoned,

    /// <summary>Flux should have uninstalled it by now, and has not said why it has not.</summary>
    Overdue,
}
