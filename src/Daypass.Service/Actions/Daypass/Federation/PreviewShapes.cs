using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Federation;

/// <summary>A claim or an attribute as the condition key that it becomes.</summary>
internal sealed record KeyShape(global::Daypass.Tokens.FederatedKey Key, ProvenIdentity Identity) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("Key", Key.Name);
        writer.TextList("Values", Key.Values);
        writer.Flag("IsList", Key.IsList);
        writer.Flag("IsKept", Identity.KeptKeys.Any(kept => kept.Name == Key.Name));
    }
}

/// <summary>A session tag.</summary>
internal sealed record TagShape(Tag Tag, ProvenIdentity Identity) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("Key", Tag.Key);
        writer.Text("Value", Tag.Value);
        writer.Flag("IsTransitive", Identity.TransitiveTagKeys.Contains(Tag.Key, StringComparer.OrdinalIgnoreCase));
    }
}

/// <summary>A role that an assertion offers.</summary>
internal sealed record OfferShape((string Role, string Provider) Offer) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("RoleArn", Offer.Role);
        writer.Text("PrincipalArn", Offer.Provider);
    }
}
