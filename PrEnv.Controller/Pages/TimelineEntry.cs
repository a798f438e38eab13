namespace PrEnv.Controller.Pages;

/// <summary>Something that has happened.</summary>
/// <param name="At">When.</param>
/// <param name="What">What, in a few words.</param>
/// <param name="Detail">More of it; null: nothing.</param>
/// <param name="Phase">The phase that began; null: none did.</param>
internal sealed record TimelineEntry(DateTimeOffset At, string What, string? Detail = null, string? Phase = null);
