namespace PrEnv.Core.Objects;

/// <summary>A key of a Secret.</summary>
public readonly record struct SecretKey(string Namespace, string Name, string Key);
