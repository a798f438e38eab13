namespace PrEnv.Sandbox.Flux;

/// <summary>
/// One reconcile of a HelmRelease: what it asked for when the reconcile began, and the object as it is by now, which may ask for something
/// else already.
/// </summary>
internal sealed class ReleaseRun(HelmReleaseObject asked, HelmReleaseApi api, ReleaseScripts scripts, TimeProvider time)
{
    public HelmReleaseObject Asked { get; } = asked;

    public HelmReleaseObject Now { get; private set; } = asked;

    public ReleaseKey Key => Asked.Key;

    /// <summary>Conditions first, then the rest, as Flux's patch helper writes them: a watch sees both steps.</summary>
    public async Task WriteAsync(Action<StatusEditor> change, CancellationToken cancellationToken)
    {
        var editor = new StatusEditor(Now, time.GetUtcNow());
        change(editor);
        if (editor.Conditions is { } conditions)
        {
            var before = Now.ConditionReason("Ready");
            Now = await api.PatchStatusAsync(Key, conditions, cancellationToken);
            if (Now.ConditionReason("Ready") is { } reason && reason != before)
                await scripts.PauseAsync(Key.Name, reason, cancellationToken);
        }

        if (editor.Fields is { } fields)
            Now = await api.PatchStatusAsync(Key, fields, cancellationToken);
    }

    /// <summary>Reads the object again: while Helm was at work it may have changed.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken) => Now = await api.GetAsync(Key, cancellationToken);
}
