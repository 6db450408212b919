using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Federation.Ldap;

/// <summary>A provider, all but its password.</summary>
internal sealed class GetLDAPProvider : ApiAction<GetLDAPProvider.Request, GetLDAPProvider.Response>
{
    internal sealed record Request(string Arn);

    internal sealed record Response(LdapProviderShape Provider) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Provider", Provider);
    }

    public override bool IsOfIam => true;

    public override Request Read(Parameters wire) => new(LdapTarget.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(LdapTarget.Ask("daypass:GetLDAPProvider", request.Arn));

    public override Outcome<Response> Run(Request request, Scene scene) => new(new Response(new LdapProviderShape(scene.Home.Account, LdapTarget.Require(scene, request.Arn))));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [LdapTarget.Resource(request.Arn)];
}
