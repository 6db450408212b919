namespace Daypass.Architecture.Tests.AttackLists;

/// <summary>The uproject dialect, whose signed text has no delimiters, no time and no place: decisions 43 and 47.</summary>
internal static class UndelimitedTexts
{
    public static readonly Attack[] All =
    [
        new("U1", "a signed text cut up anew: a limit that is gone, a value that ends elsewhere", "RecutRequests.A_signature_carries_out_one_request_and_no_other", "ReadingTests.Of_all_requests_with_one_signed_text_at_most_one_is_taken"),
        new("U2", "the items of a list cut up anew", "RecutRequests.The_members_of_a_list_can_be_told_apart_or_are_refused", "UprojectRequestsAreChecked \"UHostIds.0=a&UHostIds.1=2b\""),
        new("U3", "a text made so that finding its readings takes long", "ReadingTests.A_text_that_is_made_to_take_long_is_refused_soon"),
        new("U4", "the project swallowed by the value before it", "UprojectRequestsAreChecked \"Name=a&ProjectId=org-b\"", "UprojectRequestsAreChecked.Of_all_calls_that_one_signature_stands_for_one_is_done"),
        new("U5", "a parameter that the action has not", "UprojectRequestsAreChecked \"a parameter that the action has not, well signed\"", "RecutRequests.A_signature_carries_out_one_request_and_no_other"),
        new("U6", "a parameter twice, or another in query and body", "UprojectSignatureTests.A_parameter_that_comes_twice_is_refused", "UprojectRequestsAreChecked \"another value in the query\""),
        new("U7", "names that are none, or nearly another's", "UprojectSignatureTests.A_name_that_is_none_is_refused", "UprojectSignatureTests.A_name_in_JSON_that_is_none_is_refused", "UprojectTests.A_name_that_could_be_another_ones_is_refused"),
        new("U8", "bodies that are none, half an escape, half a character", "UprojectSignatureTests.A_JSON_body_that_is_no_object_of_parameters_is_refused", "UprojectSignatureTests.Half_an_escape_and_half_a_character_are_refused", "UprojectRequestProperties.Whatever_arrives_is_read_or_refused_in_words"),
        new("U9", "large, deep and many", "UprojectSignatureTests.How_much_a_request_may_hold_is_bounded", "UprojectRequestsAreChecked \"a body too long\""),
        new("U10", "another value, action, key or signature; one parameter more or less", "UprojectRequestsAreChecked.An_attack_is_refused_and_nothing_is_done", "UprojectSignatureTests.Any_other_signature_does_not_match"),
        new("U11", "a session's key without its token, or with another one's", "UprojectRequestsAreChecked \"another key's token\"", "UprojectRequestsAreChecked \"the token left out and not signed again\"", "VerdictConfusion.A_stray_token_makes_a_long_term_key_unknown"),
        new("U12", "the request again, over a line that others read", "UprojectRequestsAreChecked.Plain_http_from_elsewhere_is_refused_unless_it_is_allowed", "UprojectTests.Over_plain_http_only_this_machine_is_answered_unless_a_setting_says_so"),
        new("U13", "the request again, after its key is gone", "UprojectRequestsAreChecked.The_same_request_again_is_the_same_request_until_its_key_is_gone", "UprojectRequestsAreChecked.What_is_changed_or_revoked_at_Daypass_holds_for_the_next_request"),
        new("U14", "a service that has Daypass judge calls of Daypass itself", "VerdictConfusion.A_call_of_Daypass_s_own_API_gets_no_verdict", "VerdictConfusion.None_of_Daypass_s_own_actions_gets_one", "CatalogTests.No_action_s_name_is_another_s_with_a_parameter_behind_it"),
        new("U15", "a service that asks in another's name, or for a text that is no request", "VerdictConfusion.Another_accounts_service_does_not_exist_for_the_caller", "VerdictConfusion.A_text_that_is_no_request_of_the_key_gets_no_verdict_however_well_signed"),
        new("U16", "an operation that a Deny of the other syntax forbids", "OneEngineTests.A_Deny_holds_in_both_under_either_name_in_either_syntax", "OneEngineTests.Every_action_of_the_dialect_is_in_the_table_or_known_not_to_have_a_pair"),
        new("U17", "one text in two syntaxes, a document with the wrong mark", "StoredSyntaxTests.One_text_in_two_syntaxes_is_two_documents", "StoredSyntaxTests.A_document_beside_which_a_wrong_mark_stands_denies_everything"),
        new("U18", "a binding to one project that reaches into another", "ProjectTests.A_binding_to_a_project_counts_there_only_and_one_to_all_everywhere", "ProjectTests.What_belongs_to_the_account_belongs_to_no_project_whatever_the_caller_says", "UprojectRequestsAreChecked.A_policy_bound_to_a_project_holds_for_calls_in_it_and_else_for_the_account_s_default"),
        new("U19", "names of another brand taken for one's own", "BrandTests.Another_brand_s_name_is_none", "SecondSyntax.What_names_something_else_does_not_match"),
        new("U20", "guessing at a service, and asking it who there is", "UprojectRequestsAreChecked.Whoever_guesses_is_turned_away_before_Daypass_is_asked"),
        new("U21", "calls that no trail has", "CatalogTests.Every_call_stands_in_the_trail_with_the_mark_of_the_dialect", "UprojectRequestsAreChecked.Calls_are_reported_marked_with_the_dialect_and_with_what_became_of_them_and_no_body"),
    ];
}
