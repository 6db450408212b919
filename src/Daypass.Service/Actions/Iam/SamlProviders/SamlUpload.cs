using System.Buffers;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.SamlProviders;

/// <summary>What requests upload of a provider, with the rules that the model does not have.</summary>
internal static class SamlUpload
{
    private static readonly TextRule DocumentRule = TextRule.Of(1000, 10_000_000);
    public static readonly TextRule Name = TextRule.Of(1, 128, @"[\w._-]+", SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"));

    public static string Read(Parameters wire) => wire.RequiredText("SAMLMetadataDocument", DocumentRule);

    /// <summary>Of a change, which may leave the metadata as it is.</summary>
    public static string? ReadIfThere(Parameters wire) => wire.Text("SAMLMetadataDocument", DocumentRule);

    /// <exception cref="ApiException">InvalidInput.</exception>
    public static SamlMetadata Parse(string document, DateTimeOffset now)
    {
        try
        {
            var metadata = SamlMetadata.Read(document);
            return metadata.ValidUntil <= now ? throw new XmlRefusedException("its validUntil is past") : metadata;
        }
        catch (XmlRefusedException refused)
        {
            throw Errors.InvalidInput($"Could not parse metadata: {refused.Message}.");
        }
    }
}
