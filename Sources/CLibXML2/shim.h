#ifndef DRCTL_CLIBXML2_SHIM_H
#define DRCTL_CLIBXML2_SHIM_H

// Debian's libxml2 is built with ICU, and its headers would bring ICU's declarations along, which clash with those
// of the ICU inside Foundation. Nothing that is used here depends on them: without the macro only the tail of
// xmlCharEncodingHandler is left out, which no one outside libxml2 allocates.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

// XML_SAX2_MAGIC is a cast macro, which Swift does not import.
static inline void drctl_xml_use_sax2(xmlSAXHandler *handler) { handler->initialized = XML_SAX2_MAGIC; }

// A structured error callback that says nothing: without one libxml2 prints to standard error. It lives
// here because newer versions of libxml2 made its second argument const.
static inline void drctl_xml_ignore_error(void *context, const xmlError *error) {
    (void)context;
    (void)error;
}
static inline void drctl_xml_silence(xmlSAXHandler *handler) {
    handler->serror = (xmlStructuredErrorFunc)drctl_xml_ignore_error;
}

#endif
