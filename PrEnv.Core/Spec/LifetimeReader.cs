using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Spec;

/// <summary>Checks <c>spec.expiry</c>.</summary>
/// <param name="add">Takes a field below <c>spec</c> and what is wrong with it.</param>
internal sealed class LifetimeReader(Action<string, string> add)
{
    public ExpiryPolicy? Read(Expiry? expiry)
    {
        var labels = ItemLists.Labels(add, "expiry.keepLabels", expiry?.KeepLabels);
        return IdleTimeout("expiry.idleTimeout", expiry?.IdleTimeout) is { } timeout ? new ExpiryPolicy(timeout, labels) : null;
    }

    private TimeSpan? IdleTimeout(string field, string? text)
    {
        if (text is null)
            return null;
        if (!GoDuration.TryParse(text, out var timeout))
            add(field, $"is \"{Text.Excerpt(text, 60)}\", which is not a valid duration; use a form such as 36h or 168h");
        else if (timeout < ExpiryPolicy.MinimumTimeout)
            add(field, "must be at least 10s");
        return timeout;
    }
}
