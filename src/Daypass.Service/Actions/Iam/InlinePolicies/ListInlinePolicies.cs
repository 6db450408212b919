using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>The names of a holder's inline policies.</summary>
internal abstract class ListInlinePolicies<T>(HolderKind<T> kind) : ApiAction<ListInlinePolicies<T>.Request, NameListResponse>
    where T : class, IPolicyHolder
{
    internal sealed record Request(string HolderName, Paging Paging);

    public override Request Read(Parameters wire) => new(kind.ReadName(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(kind.Ask(scene, Name, request.HolderName));

    public override Outcome<NameListResponse> Run(Request request, Scene scene)
    {
        var names = kind.Require(scene, request.HolderName).Inline.Select(policy => policy.Name);
        return new Outcome<NameListResponse>(new NameListResponse("PolicyNames", request.Paging.Of(names, name => name)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [kind.Resource(scene, request.HolderName)];
}
