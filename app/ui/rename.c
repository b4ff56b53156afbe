#include "app/ui/rename.h"
#include "model/document/edit-definitions.h"
gboolean hr_session_rename (HrSession *session, const HrTarget *target, const char *name, GError **error) { return TRUE; }
gboolean hr_session_retype (HrSession *session, const HrTarget *target, HrType type, GError **error)
{ return hr_document_set_type (hr_session_get_document (session), target, type, error); }
gboolean hr_session_retemplate (HrSession *session, const HrTarget *target, const char *text, GError **error)
{ return hr_document_set_template (hr_session_get_document (session), target->table, target->owner, target->name, text, TRUE, error); }
char *hr_session_describe_rename (HrSession *session, const HrTarget *target, const char *name) { return NULL; }
char *hr_session_describe_retemplate (HrSession *session, const HrTarget *target, const char *text) { return NULL; }
