using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PrEnv.Sandbox.GitHub.Faults;

/// <summary>What a fault does to a request. In JSON, <c>kind</c> names it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Answer), "answer")]
[JsonDerivedType(typeof(PassOn), "passOn")]
[JsonDerivedType(typeof(Truncate), "truncate")]
[JsonDerivedType(typeof(Drop), "drop")]
[JsonDerivedType(typeof(Redirect), "redirect")]
[JsonDerivedType(typeof(PrimaryLimit), "primaryLimit")]
[JsonDerivedType(typeof(SecondaryLimit), "secondaryLimit")]
internal abstract record FaultEffect
{
    private FaultEffect()
    {
    }

    /// <summary>A valid listing of nothing: the answer that must never delete every environment.</summary>
    public static FaultEffect EmptyList { get; } = new Answer(200, "[]");

    /// <summary>A body that ends in the middle of a string.</summary>
    public static FaultEffect MalformedJson { get; } = new Answer(200, """[{"number":1,"state":"op""");

    /// <summary>Any answer.</summary>
    /// <param name="Status">HTTP status.</param>
    /// <param name="Body">Null sends none.</param>
    /// <param name="ContentType">Of the body.</param>
    /// <param name="Headers">More of them, or others than the double would send.</param>
    public sealed record Answer(
        int Status,
        string? Body = null,
        string ContentType = "application/json; charset=utf-8",
        ImmutableDictionary<string, string>? Headers = null) : FaultEffect;

    /// <summary>The true answer; of use with <see cref="FaultRule.Delay"/>.</summary>
    public sealed record PassOn : FaultEffect;

    /// <summary>The true answer's headers and part of its body, then the connection is cut.</summary>
    /// <param name="Fraction">How much of the body is sent, 0 to 1.</param>
    public sealed record Truncate(double Fraction = 0.5) : FaultEffect;

    /// <summary>The connection is cut without an answer.</summary>
    public sealed record Drop : FaultEffect;

    /// <summary>A redirect to wherever.</summary>
    public sealed record Redirect(Uri Location, int Status = 302) : FaultEffect;

    /// <summary>The primary limit is used up.</summary>
    /// <param name="Status">403 or 429: GitHub uses both.</param>
    /// <param name="ResetSeconds">When <c>x-ratelimit-reset</c> says that it ends.</param>
    public sealed record PrimaryLimit(int Status = 403, int ResetSeconds = 60) : FaultEffect;

    /// <summary>A secondary limit.</summary>
    /// <param name="Status">403 or 429.</param>
    /// <param name="RetryAfterSeconds">Null sends no <c>retry-after</c>: then GitHub asks for at least a minute.</param>
    public sealed record SecondaryLimit(int Status = 403, int? RetryAfterSeconds = 60) : FaultEffect;
}
