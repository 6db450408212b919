using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>The profiles of the account.</summary>
internal sealed class ListProfiles : ApiAction<AnywherePage, AnywhereList>
{
    public override RestRoute Route { get; } = new("GET", "/profiles", "nextToken", "pageSize");

    public override AnywherePage Read(Parameters wire) => AnywherePage.Read(wire);

    public override Question Ask(AnywherePage request, Scene scene) => Question.Of(new Permission("rolesanywhere:ListProfiles", "*", scene.Home.Account));

    public override Outcome<AnywhereList> Run(AnywherePage request, Scene scene) =>
        new(request.Of("profiles", scene, AnywhereKinds.Profiles.Documents, profile => profile.Id, profile => new ProfileShape(profile, scene.Home.Account)));
}
