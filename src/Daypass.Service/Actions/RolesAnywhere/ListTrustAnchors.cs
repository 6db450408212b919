using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>The trust anchors of the account.</summary>
internal sealed class ListTrustAnchors : ApiAction<AnywherePage, AnywhereList>
{
    public override RestRoute Route { get; } = new("GET", "/trustanchors", "nextToken", "pageSize");

    public override AnywherePage Read(Parameters wire) => AnywherePage.Read(wire);

    public override Question Ask(AnywherePage request, Scene scene) => Question.Of(new Permission("rolesanywhere:ListTrustAnchors", "*", scene.Home.Account));

    public override Outcome<AnywhereList> Run(AnywherePage request, Scene scene) =>
        new(request.Of("trustAnchors", scene, AnywhereKinds.TrustAnchors.Documents, trustAnchor => trustAnchor.Id, trustAnchor => new TrustAnchorShape(trustAnchor, scene.Home.Account)));
}
