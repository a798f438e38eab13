using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Json;

namespace PrEnv.Controller.GitHub.Writing;

/// <summary>One write.</summary>
/// <param name="Kind">What is written and what that requires.</param>
/// <param name="Method">POST, PATCH or DELETE.</param>
/// <param name="Address">Where to; may throw for names that no repository can have.</param>
/// <param name="Body">What is sent; null for a deletion.</param>
/// <param name="Target">What the address names.</param>
internal sealed record WriteRequest(WriteKind Kind, HttpMethod Method, Func<Uri> Address, JsonBody? Body, WriteTarget Target);

/// <summary>What is written.</summary>
/// <param name="Name">With its article, for sentences: "the comment".</param>
/// <param name="Permission">The permission that the token needs: the end of a sentence.</param>
/// <param name="AppPermission">The permission that an App needs.</param>
internal sealed record WriteKind(string Name, string Permission, AppPermissions AppPermission);

/// <summary>What a 404 means depends on what the address names.</summary>
internal enum WriteTarget
{
    /// <summary>A list in the repository, to which something is added: without it, nothing of the kind can be added.</summary>
    List,

    /// <summary>Something that people may delete at any time, such as a comment.</summary>
    Object,
}
