namespace PrEnv.Controller.Pages;

/// <summary>What is wrong.</summary>
internal sealed record ErrorJson(string Error);
