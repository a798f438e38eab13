using PrEnv.Core.Model;

namespace PrEnv.Controller.Webhooks;

/// <summary>What a delivery tells of a merge group.</summary>
/// <param name="Group">The group.</param>
/// <param name="IsGone">Was it merged or given up?</param>
internal readonly record struct MergeGroupNews(MergeGroup Group, bool IsGone);
