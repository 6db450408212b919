using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Takes an authority's revocation list for a trust anchor. Lists are never fetched: whoever runs the authority brings each one.</summary>
internal sealed class ImportCrl : ApiAction<ImportCrl.Request, AnywhereDetail>
{
    internal sealed record Request(string Name, string Data, string TrustAnchorArn, bool IsEnabled, IReadOnlyList<Tag> Tags);

    public override RestRoute Route { get; } = new("POST", "/crls") { Status = 201 };

    public override Request Read(Parameters wire) => new(
        AnywhereInput.Name(wire), CrlInput.Data(wire), AnywhereInput.ArnText(wire, "trustAnchorArn", "trust-anchor"), wire.Flag("enabled") ?? false, AnywhereInput.Tags(wire));

    public override Question Ask(Request request, Scene scene) => new(AnywhereKinds.Crls.PermitNew(this, scene, request.Tags));

    public override Outcome<AnywhereDetail> Run(Request request, Scene scene)
    {
        var anchor = Arn.TryParse(request.TrustAnchorArn, out var arn) && scene.Home.FindTrustAnchor(arn) is { } found ? found : throw Errors.ResourceNotFound("trust anchor");
        if (CrlInput.Of(scene, anchor.Id).Count() >= CrlInput.MaxPerAnchor)
            throw Errors.ValidationError($"The trust anchor has {CrlInput.MaxPerAnchor} revocation lists, and that is the most it may have. Update one of them.");
        CrlInput.Check(request.Data, anchor, scene);
        var crl = new Crl
        {
            Id = Identifiers.Uuid(scene.Entropy),
            Name = request.Name,
            IsEnabled = request.IsEnabled,
            Created = scene.NowInSeconds,
            Updated = scene.NowInSeconds,
            Data = request.Data,
            TrustAnchor = anchor.Id,
            Tags = request.Tags,
        };
        var changes = AnywhereKinds.Crls.Add(scene, crl).Guard(CrlInput.GuardOf(anchor.Id)).RelyOn(AnywhereKinds.TrustAnchors.Documents, anchor.Id);
        return new Outcome<AnywhereDetail>(CrlShape.Of(crl, scene), changes);
    }
}
