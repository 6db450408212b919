using System.Text;
using Daypass.Names;
using Daypass.Server.Backups;
using Daypass.Server.Setup;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Keys;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Federation.Saml;
using Daypass.Testing;
using Daypass.Tokens;

namespace Daypass.Server.Tests.Backups.Providers;

/// <summary>What a stopped server has left in its folder, as somebody sees it who has the folder: the documents and, where they are looked for, secrets.</summary>
internal sealed class StoredSecrets
{
    private StoredSecrets(IReadOnlyList<StoredKey> keys, SamlProvider saml, LdapProvider ldap) => (Keys, Saml, Ldap) = (keys, saml, ldap);

    /// <summary>The keys of all rings, each sealed under a master key.</summary>
    public IReadOnlyList<StoredKey> Keys { get; }

    public SamlProvider Saml { get; }

    public LdapProvider Ldap { get; }

    /// <summary>The keys of the ring that providers' secrets are sealed with.</summary>
    public IEnumerable<uint?> UsedKeys => Saml.PrivateKeys.Select(key => Sealer.KeyIdOf(key.SealedKey)).Append(Sealer.KeyIdOf(Ldap.SealedBindPassword));

    public uint ActiveKey => Keys.Single(key => key is { Purpose: "secret", State: "Active" }).Id;

    public static async Task<StoredSecrets> ReadAsync(string dataDirectory)
    {
        await using var store = await new StorePlace(dataDirectory, null).OpenAsync(TimeProvider.System, default);
        var installation = (await store.LoadAsync(SetId.Installation, default))!;
        var account = (await store.LoadAsync(new SetId(DaypassServer.Account), default))!;
        return new StoredSecrets([.. Of<StoredKey>(installation)], Of<SamlProvider>(account).Single(), Of<LdapProvider>(account).Single());
    }

    /// <summary>How many of the rings' keys open under the master keys of a file with these lines.</summary>
    public int OpenedBy(params string[] masterKeys)
    {
        var master = new MasterKeys([.. masterKeys.Select(Convert.FromBase64String)]);
        return Keys.Count(key => master.Open(key) is not null);
    }

    /// <summary>
    /// The secrets of <see cref="ProviderWorld"/> that stand in some bytes, by name: passwords, and any sixteen bytes of the private key's exponents and primes, as they
    /// are or in Base64 wherever it is cut into lines.
    /// </summary>
    public static IEnumerable<string> FoundIn(byte[] bytes)
    {
        foreach (var (name, secret) in Wanted())
        {
            if (bytes.AsSpan().IndexOf(secret) >= 0)
                yield return name;
        }
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Wanted()
    {
        foreach (var password in (string[])[SlapdServer.BindPassword, SlapdServer.PasswordOf("alice"), "EXAMPLE-wrong-password"])
        {
            yield return (password, Encoding.UTF8.GetBytes(password));
            yield return (password + " in Base64", Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(password)).TrimEnd('=')[..^1]));
        }
        var key = Envelope.Key.ExportParameters(true);
        foreach (var (name, number) in new[] { ("d", key.D!), ("p", key.P!), ("q", key.Q!) })
            yield return ($"the private key's {name}", number[16..32]);
        // The file's lines have 64 letters; the first ones are the same in all keys, and then comes the public half.
        var lines = Envelope.Key.ExportPkcs8PrivateKeyPem().Split('\n');
        for (var line = lines.Length / 2; line < lines.Length - 3; line++)
            yield return ($"line {line} of the private key", Encoding.ASCII.GetBytes(lines[line][..32]));
    }

    private static IEnumerable<T> Of<T>(DocumentSet set) => set.Documents.Select(DocumentKinds.Read).OfType<T>();
}
