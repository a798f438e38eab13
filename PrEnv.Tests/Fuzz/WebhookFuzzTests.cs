using System.Security.Cryptography;
using System.Text;
using PrEnv.Controller.Webhooks;

namespace PrEnv.Tests.Fuzz;

/// <summary>Deliveries: anybody who reaches the address can send one.</summary>
[TestFixture]
[Category("Fuzz")]
internal sealed class WebhookFuzzTests
{
    private const string Delivery = $$"""
        {
          "action": "synchronize", "number": 22,
          "pull_request": { "number": 22, "state": "open", "head": { "sha": "0123456789abcdef0123456789abcdef01234567" } },
          "issue": { "number": 22, "pull_request": { "url": "https://api.github.test/pulls/22" } },
          "comment": { "id": 7, "body": "/prenv rebuild {{Fuzzer.Secret}}" },
          "repository": { "id": 1, "full_name": "acme/shop", "owner": { "login": "acme" } },
          "organization": { "login": "acme" }
        }
        """;

    [Test]
    public Task Payload_OfAnyBody_IsReadOrNothing() => Fuzzer.Run(Delivery, (body, _) => WebhookPayload.Read(body));

    [Test]
    public Task Signature_OfAnyHeader_IsValidForThatBodyAlone() => Fuzzer.Run(Delivery, (body, random) =>
    {
        var right = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Fuzzer.Secret), body));
        if (!WebhookSignature.IsValid(body, right, Fuzzer.Secret))
            throw new InvalidOperationException("The right signature is refused.");
        var wrong = right.ToCharArray();
        wrong[random.Next(wrong.Length)] = (char)random.Next(1, 0x250);
        var given = random.Next(4) == 0 ? right[..random.Next(right.Length)] : new string(wrong);
        if (!string.Equals(given, right, StringComparison.OrdinalIgnoreCase) && WebhookSignature.IsValid(body, given, Fuzzer.Secret))
            throw new InvalidOperationException($"A wrong signature is accepted: {given}");
    });
}
