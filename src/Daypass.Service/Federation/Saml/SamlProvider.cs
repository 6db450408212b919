using System.Security.Cryptography;
using System.Text;
using Daypass.Names;
using Daypass.Service.Directories;

namespace Daypass.Service.Federation.Saml;

/// <summary>A SAML provider that an account trusts: what its metadata says, and the document itself as it was uploaded.</summary>
internal sealed record SamlProvider
{
    public int Schema { get; init; } = 1;

    public required string Name { get; init; }

    /// <summary>What AWS calls the provider's UUID: letters and digits, never used again.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The metadata as it was uploaded.</summary>
    public required string Metadata { get; init; }

    /// <summary>The <c>entityID</c>: what assertions name as their issuer.</summary>
    public required string EntityId { get; init; }

    /// <summary>The certificates that may sign, in Base64; several while the provider changes them. Only their keys count.</summary>
    public required IReadOnlyList<string> Certificates { get; init; }

    /// <summary>When the metadata itself says that it is over.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The keys that open its encrypted assertions: none, or up to two while it changes them.</summary>
    public IReadOnlyList<SamlPrivateKey> PrivateKeys { get; init; } = [];

    /// <summary><c>Required</c> or <c>Allowed</c>, as AWS has it; null where nobody has said.</summary>
    public string? AssertionEncryptionMode { get; init; }

    public bool RequiresEncryption => AssertionEncryptionMode == "Required";

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public Arn ArnIn(AccountId account) => Arn.Iam(account, "saml-provider/" + Name);

    /// <summary>The qualifier of the subject's name, which makes it one of its own in every account and provider. The formula is AWS's, SHA-1 and all: it guards nothing.</summary>
    public string QualifierIn(AccountId account) =>
        Convert.ToBase64String(CryptographicOperations.HashData(HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes($"{EntityId}{account}/{Name}")));
}
