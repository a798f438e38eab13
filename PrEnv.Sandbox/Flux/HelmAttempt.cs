namespace PrEnv.Sandbox.Flux;

/// <summary>How an action of Helm ended that did not succeed.</summary>
internal enum HelmFault
{
    /// <summary>Before anything was stored, as when a template cannot be rendered. It is tried again without end.</summary>
    Rendering,

    /// <summary>Helm stored the failed attempt. What comes next is what the spec says about failures.</summary>
    Action,

    /// <summary>As <see cref="Action"/>, because a newer generation ended the wait for health.</summary>
    Canceled,
}

/// <summary>Why an action of Helm did not succeed.</summary>
internal sealed record HelmError(HelmFault Fault, string Message);

/// <summary>The part of an install or upgrade that Helm does, unless the script says how it ends.</summary>
internal sealed class HelmAttempt(
    HelmReleaseApi api, ReleaseCache cache, ReleaseScripts scripts, Func<TimeSpan> duration, HelmControllerOptions options)
{
    /// <summary>Null when Helm succeeded.</summary>
    public async Task<HelmError?> RunAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        var name = release.Key.Name;
        if (scripts.TakeRenderingFailure(name) is { } unrendered)
            return new HelmError(HelmFault.Rendering, unrendered);
        if (await NamespaceErrorAsync(release, cancellationToken) is { } missing)
            return new HelmError(HelmFault.Action, missing);
        if (scripts.TakeInstallFailure(name) is { } failed)
            return new HelmError(HelmFault.Action, failed);
        if (await WaitForHealthAsync(release, cancellationToken) is { } unhealthy)
            return unhealthy;
        var install = options.Helm.InstallAsync(release, options.UserOf(release), cancellationToken);
        await Task.WhenAll(install, Task.Delay(duration(), options.TimeProvider, cancellationToken));
        if (await install is { } error)
            return error;
        return scripts.TakeInstallFailure(name) is { } late ? new HelmError(HelmFault.Action, late) : null;
    }

    private async Task<HelmError?> WaitForHealthAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        if (!scripts.Of(release.Key.Name).HangsAt(release.PrSha))
            return null;
        using var deadline = new CancellationTokenSource(release.Timeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await scripts.UntilItMovesAsync(release.Key.Name, release.PrSha, IsCanceled, either.Token);
            return IsCanceled() ? new HelmError(HelmFault.Canceled, "context canceled") : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HelmError(HelmFault.Action, "context deadline exceeded");
        }

        bool IsCanceled() => options.CancelHealthCheckOnNewRevision && cache.Find(release.Key)?.Generation > release.Generation;
    }

    private async Task<string?> NamespaceErrorAsync(HelmReleaseObject release, CancellationToken cancellationToken)
    {
        var target = release.TargetNamespace;
        if (target == release.Key.Namespace || await api.NamespaceExistsAsync(target, cancellationToken))
            return null;
        if (release.Spec["install"]?["createNamespace"]?.GetValue<bool>() != true)
            return $"namespaces \"{target}\" not found";
        await api.CreateNamespaceAsync(target, cancellationToken);
        return null;
    }
}
