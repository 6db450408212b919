using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>The revocation lists of the account.</summary>
internal sealed class ListCrls : ApiAction<AnywherePage, AnywhereList>
{
    public override RestRoute Route { get; } = new("GET", "/crls", "nextToken", "pageSize");

    public override AnywherePage Read(Parameters wire) => AnywherePage.Read(wire);

    public override Question Ask(AnywherePage request, Scene scene) => Question.Of(new Permission("rolesanywhere:ListCrls", "*", scene.Home.Account));

    public override Outcome<AnywhereList> Run(AnywherePage request, Scene scene) =>
        new(request.Of("crls", scene, AnywhereKinds.Crls.Documents, crl => crl.Id, crl => new CrlShape(crl, scene.Home.Account)));
}
