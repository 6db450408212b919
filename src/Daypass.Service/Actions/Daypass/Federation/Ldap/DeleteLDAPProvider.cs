using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Federation.Ldap;

/// <summary>Ends a provider. Roles go on naming it and let nobody in by it.</summary>
internal sealed class DeleteLDAPProvider : ApiAction<DeleteLDAPProvider.Request, Nothing>
{
    internal sealed record Request(string Arn);

    public override bool IsOfIam => true;

    public override Request Read(Parameters wire) => new(LdapTarget.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(LdapTarget.Ask("daypass:DeleteLDAPProvider", request.Arn));

    public override Outcome<Nothing> Run(Request request, Scene scene) =>
        new(Nothing.Instance, scene.Change().Delete(DocumentKinds.LdapProvider, LdapTarget.Require(scene, request.Arn)));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [LdapTarget.Resource(request.Arn)];
}
