namespace PrEnv.Core.Objects;

/// <summary>
/// A <c>metav1.Condition</c>. Status is <c>True</c>, <c>False</c> or <c>Unknown</c>.
/// See https://pkg.go.dev/k8s.io/apimachinery/pkg/apis/meta/v1#Condition.
/// </summary>
public sealed record Condition
{
    /// <summary>For example <c>Ready</c>.</summary>
    public required string Type { get; init; }

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    public required string Status { get; init; }

    /// <summary>CamelCase, for machines.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>A sentence for people.</summary>
    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>The generation that this describes; 0 if its writer did not specify it.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>When <see cref="Status"/> last changed.</summary>
    public DateTimeOffset LastTransitionTime { get; init; }

    /// <summary>Is it <c>True</c>?</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsTrue => Status == "True";

    /// <summary>Is it <c>False</c>?</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsFalse => Status == "False";
}
