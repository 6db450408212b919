using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Organizations;

/// <summary>All CreateAccounts of the organization, or those in certain states.</summary>
internal sealed class ListCreateAccountStatus : ApiAction<ListCreateAccountStatus.Request, ListCreateAccountStatus.Response>
{
    internal sealed record Request(IReadOnlyList<string> States, OrganizationPage Page);

    internal sealed record Response(IReadOnlyList<CreateAccountRequest> Plans, string? NextToken) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.List("CreateAccountStatuses", Plans.Select(plan => new CreateAccountStatusShape(plan)));
            writer.Text("NextToken", NextToken);
        }
    }

    public override Request Read(Parameters wire) => new(
        [.. wire.Members("States").Select(member => OrganizationsInput.Word(wire, member, CreateAccountStates.All)!)],
        OrganizationPage.Read(wire));

    public override Question Ask(Request request, Scene scene) => Membership.Ask(Name, scene);

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        Membership.RequireManagement(scene);
        var (page, next) = request.Page.Of(
            after => CreateAccountRequests.After(after, plan => request.States.Count == 0 || request.States.Contains(plan.State), request.Page.MaxResults + 1, scene),
            plan => plan.Id);
        return new Outcome<Response>(new Response(page, next));
    }
}
