using System.Security.Cryptography;

namespace Daypass.Cli.Certificates;

/// <summary>A private key in PEM: PKCS #8, encrypted or not, PKCS #1 or SEC 1.</summary>
internal static class PrivateKeyFile
{
    private const string Encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----";

    // What openssl wrote before PKCS #8, and still does with "openssl rsa -aes256 -traditional".
    private const string EncryptedOld = "Proc-Type: 4,ENCRYPTED";

    /// <exception cref="CommandException">It is no RSA or EC key, or cannot be opened.</exception>
    public static AsymmetricAlgorithm Read(string path, string text, KeyPassword password)
    {
        if (text.Contains(EncryptedOld, StringComparison.Ordinal))
            throw new CommandException($"The private key '{path}' is encrypted in a form that nothing reads here. 'openssl pkcs8 -topk8 -in KEY -out NEW' writes it in that of today (PKCS #8).");
        if (text.Contains(Encrypted, StringComparison.Ordinal))
            return Unlock(path, text, password.Read() ?? throw new CommandException($"The private key '{path}' is encrypted. {KeyPassword.Advice}"));
        // What openssl ecparam writes before the key is none.
        var pem = text[Math.Max(0, FirstKey(text))..];
        return Import(RSA.Create(), key => key.ImportFromPem(pem)) ?? Import(ECDsa.Create(), key => key.ImportFromPem(pem))
            ?? throw new CommandException($"The private key '{path}' is not an RSA or EC key in PEM (-----BEGIN PRIVATE KEY-----).");
    }

    private static AsymmetricAlgorithm Unlock(string path, string text, string password) =>
        Import(RSA.Create(), key => key.ImportFromEncryptedPem(text, password)) ?? Import(ECDsa.Create(), key => key.ImportFromEncryptedPem(text, password))
            ?? throw new CommandException($"The private key '{path}' cannot be opened with the password given, or is neither an RSA nor an EC key.");

    private static AsymmetricAlgorithm? Import(AsymmetricAlgorithm key, Action<AsymmetricAlgorithm> import)
    {
        try
        {
            import(key);
            return key;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }

    private static int FirstKey(string pem)
    {
        var end = pem.IndexOf("PRIVATE KEY-----", StringComparison.Ordinal);
        return end < 0 ? 0 : pem.LastIndexOf("-----BEGIN", end, StringComparison.Ordinal);
    }
}
