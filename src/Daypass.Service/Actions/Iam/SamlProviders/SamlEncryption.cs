using System.Buffers;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.SamlProviders;

/// <summary>What requests say of a provider's encrypted assertions: the mode, and the private keys that open them.</summary>
/// <param name="Mode">Null to leave it.</param>
/// <param name="Add">PEM.</param>
/// <param name="Remove">The id of a key.</param>
internal sealed record SamlEncryption(string? Mode, string? Add, string? Remove)
{
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    private static readonly TextRule KeyRule = TextRules.SessionPolicy with { Maximum = 16_384, IsSecret = true };
    private static readonly TextRule IdRule = TextRule.Of(22, 64, "[A-Z0-9]+", IdCharacters);

    public static readonly IReadOnlyList<string> Secrets = ["AddPrivateKey"];

    /// <summary>With the two parameters that a new provider can have.</summary>
    public static SamlEncryption ReadNew(Parameters wire) => new(wire.Word("AssertionEncryptionMode", "Required", "Allowed"), wire.Text("AddPrivateKey", KeyRule), null);

    public static SamlEncryption Read(Parameters wire) => ReadNew(wire) with { Remove = wire.Text("RemovePrivateKey", IdRule) };

    public bool SaysNothing => Mode is null && Add is null && Remove is null;

    /// <summary>The provider as it is then.</summary>
    /// <exception cref="ApiException">InvalidInput, NoSuchEntity, LimitExceeded.</exception>
    public SamlProvider ChangeIn(SamlProvider provider, Scene scene)
    {
        if (Add is not null && Remove is not null)
            throw Errors.InvalidInput("Unable to add and remove private keys in the same request. Set a value for only one of the two parameters.");
        var keys = Remove is not null ? Without(provider) : Add is not null ? With(provider, scene) : provider.PrivateKeys;
        var changed = provider with { PrivateKeys = keys, AssertionEncryptionMode = Mode ?? provider.AssertionEncryptionMode };
        return !changed.RequiresEncryption || keys.Count > 0 ? changed
            : throw Errors.InvalidInput(Remove is null
                ? "Unable to set assertion encryption mode to Required because no private key is provided."
                : "Failed to remove private key. It is the only one, and the assertion encryption mode is Required.");
    }

    private List<SamlPrivateKey> Without(SamlProvider provider) =>
        provider.PrivateKeys.Any(key => key.KeyId == Remove)
            ? [.. provider.PrivateKeys.Where(key => key.KeyId != Remove)]
            : throw Errors.NoSuchEntity("Failed to remove private key because the Key ID does not match a private key.");

    private IReadOnlyList<SamlPrivateKey> With(SamlProvider provider, Scene scene) =>
        provider.PrivateKeys.Count < SamlPrivateKey.MaxCount ? [.. provider.PrivateKeys, NewKey(provider, scene)] : throw Errors.LimitExceeded($"Private key limit of {SamlPrivateKey.MaxCount} is reached.");

    private SamlPrivateKey NewKey(SamlProvider provider, Scene scene)
    {
        // What it is instead is not said: it was meant to be a secret.
        var key = SamlPrivateKey.Read(Add!) ?? throw Errors.InvalidInput("Invalid private key. It must be RSA of 2048 to 4096 bits, in PEM and without a passphrase.");
        var id = NewId(scene);
        return new SamlPrivateKey(id, scene.NowInSeconds, scene.Vault.SealSamlKey(key, scene.Home.Account, provider.Id, id, scene.Entropy));
    }

    /// <summary>An id of providers and of their keys: letters and digits.</summary>
    public static string NewId(Scene scene) => Identifiers.Uuid(scene.Entropy).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
